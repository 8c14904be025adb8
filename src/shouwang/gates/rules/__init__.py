"""The rules of the gate: values in, values out; the phone follows the same ones."""
