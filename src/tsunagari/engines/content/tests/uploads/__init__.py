"""Pictures and files as clerks put them up, and as readers take them."""
