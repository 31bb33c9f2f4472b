"""Files made to do harm, each against the real reader: refused in a sentence or shown, within bounds."""
