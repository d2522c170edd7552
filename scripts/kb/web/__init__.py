"""The content as a site: its pages and what goes with them for readers, search engines, feeds, citations, former addresses and disks."""
