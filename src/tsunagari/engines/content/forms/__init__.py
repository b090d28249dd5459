"""What clerks type about a page, and what is said when it does not fit."""
