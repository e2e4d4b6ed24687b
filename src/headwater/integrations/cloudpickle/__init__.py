"""cloudpickle: functions sent to other processes by value."""
