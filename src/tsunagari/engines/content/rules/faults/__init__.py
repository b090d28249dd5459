"""What can be wrong with a page: one rule in each file, named RULE; the list of rules is this folder."""
