# English: menu.
