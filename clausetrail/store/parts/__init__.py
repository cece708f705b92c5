"""The store in parts, by what is asked about; `facade.Store` is made of them.  Each method is one call."""
