"""Real Elasticsearch servers for the tests, fetched with Maven and run on loopback.

In: `python -m scripts.elasticsearch_servers {fetch|start|stop|status|env}`; out: running servers and their URLs.
"""
