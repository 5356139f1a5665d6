"""The company for data scientists: named DataFrames, the graph, tasks, and models of their own."""
