// The one script of every page; each part works without the others' help from the server.

import "./instant.js";
import "./completions.js";
import "./keys.js";
import "./matches.js";
import "./minimap.js";
import "./returning.js";
