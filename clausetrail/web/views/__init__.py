"""The pages of the site: each view is one look at the store, and one template."""
