"""The tools that assistants call, by what they do: each module is loaded when one of its tools is called."""
