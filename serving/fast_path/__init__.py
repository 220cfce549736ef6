"""Plain requests answered by the protocol, before the framework; the setting `fast_path` leaves it out.

`protocol` recognises a plain request and writes its reply without beginning a task; `reply_cache` holds replies by all
of a request that decides them, and what is the same in all replies to one kind of client. Whatever is not plain, not
known or not short goes the long way, and is answered with the same bytes: tests/serving/fast_path holds the two equal.
"""
