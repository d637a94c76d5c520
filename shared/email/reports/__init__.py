"""Reports of bounces and complaints: each mail provider's form of them, and what follows from one."""
