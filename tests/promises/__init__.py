"""What every service and engine keeps: walked over all of them, as every member of the cast."""
