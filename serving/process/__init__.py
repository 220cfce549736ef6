"""What a process holds: settings, the dataset that is served, worker processes, logs and traces, metrics. No HTTP."""
