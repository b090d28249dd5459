"""The invented town's whole website, every page of it: the proof that pages, search and checks hold together."""
