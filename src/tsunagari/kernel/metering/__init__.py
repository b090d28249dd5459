"""How much: five kinds of meter, rolled up hour, day, month and fiscal year, traceable to the hour."""
