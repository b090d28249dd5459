"""The worker process: its command, its hand, its pulse and its tickers."""
