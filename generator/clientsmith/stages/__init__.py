"""The verbs of the generator: one stage a module, one public function each. No stage imports another."""
