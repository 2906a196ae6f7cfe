"""PallKit on a server of its own: behind a proxy, under systemd, in a container."""
