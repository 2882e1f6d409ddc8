// The keys of a store. They stand in a file of their own, elsewhere: draw them, write them where they are safe, then
// create the store.
#pragma once

#include <string>
#include <string_view>

namespace spie::store {

// The text of a new key file.
std::string draw_keys();
// The same keys with a new one for NIR: the older ones stay until imports have written each fingerprint anew.
// Throws Error S002 when the text is not a key file.
std::string rotate_keys(std::string_view keys);

} // namespace spie::store
