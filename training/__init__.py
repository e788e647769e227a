"""How the shipped sentence encoder was made: vocabulary, start, distillation, export, measurements."""
