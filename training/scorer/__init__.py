"""How the consistency scorer was made: examples, network, training, evaluation, export."""
