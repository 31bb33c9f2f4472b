"""May this programme use this work in this way? The permission rule over what is known here."""
