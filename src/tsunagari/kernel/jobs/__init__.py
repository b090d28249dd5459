"""Work behind the pages: jobs that no crash loses, tickers, daily jobs and the worker that runs them."""
