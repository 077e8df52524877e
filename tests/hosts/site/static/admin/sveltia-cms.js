// Stands for the script.
