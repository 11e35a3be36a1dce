"""What is made of a surface: each target is a package of its own, and none imports another."""
