print("phos")
