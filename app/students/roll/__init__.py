"""How pupils come, move up, move about and leave: 升级, 学籍异动, 座号, and who has left."""
