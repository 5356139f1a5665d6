"""What the learned models left in the graph: churn risk and recommendations, with reasons."""
