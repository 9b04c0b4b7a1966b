"""What the pages for people show: values ready for the templates, without any logic left for them."""
