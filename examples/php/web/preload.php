<?php
// What opcache.preload names: the only code that may use FFI.
require __DIR__ . '/Spie.php';
