// What a source numbers, under ranks: its numbers are made of its codes at times ("v1/25/31" is an objective of
// health), and lead back to its files.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace spie::droits {

// The ranks of the keys of each type that is shown so. They are those of the whole dossier, so that they are the same
// at every date and on both sides of a difference, in an order that only the store's key knows: neither the order of
// the codes nor that of the file.
class Rangs {
public:
  // `fingerprint` is keyed, and stable as long as its key.
  void add(const std::string &type, const std::set<std::string> &cles,
           const std::function<std::string(const std::string &cle)> &fingerprint);

  bool hides(std::string_view type) const { return ranks_.find(type) != ranks_.end(); }
  // nullopt for a key that the dossier does not hold.
  std::optional<std::string> of(std::string_view type, std::string_view cle) const;

private:
  std::map<std::string, std::map<std::string, std::size_t, std::less<>>, std::less<>> ranks_;
};

} // namespace spie::droits
