"""The window: pages, tables, dialogs, charts and their widgets. The only room that knows Qt."""
