"""Values that are kept from run to run, and what tells whether they still hold."""
