// The keys of a store: one for the fingerprints of NIR, one for the chain. They stand in a file of their own, which the
// store never holds.
#pragma once

#include "crypto/digest.hpp"
#include "spie/store/keys.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace spie::store {

struct Keys {
  std::string id; // of the current NIR key
  crypto::Key nir{};
  crypto::Key chaine{};
  std::vector<std::pair<std::string, crypto::Key>> anciennes; // older NIR keys, latest first

  // Throws Error S002 when the text is not a key file.
  static Keys read(std::string_view text);
  static Keys draw(const crypto::Entropy &entropy);
  // A new NIR key; the current one joins the older ones.
  Keys rotated(const crypto::Entropy &entropy) const;
  std::string write() const;
  // What the store keeps to know its key again, and that tells nothing of it.
  std::string check_value() const;
};

} // namespace spie::store
