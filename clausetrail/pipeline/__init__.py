"""The only place that joins the stages; see the modules for each way through them."""
