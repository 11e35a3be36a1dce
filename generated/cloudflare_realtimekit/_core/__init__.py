"""The runtime: the same bytes in every client, and nothing imported until it is used."""
