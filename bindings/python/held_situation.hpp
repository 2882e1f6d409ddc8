// A situation in Python's hands. It stays in C++, and what is asked of it alone becomes Python objects: of the fifty
// facts of a dossier, most callers read a few.
#pragma once

#include "bindings/python/held_pack.hpp"
#include "bindings/python/held_store.hpp"

#include "spie/dossier/situation.hpp"

#include <memory>

namespace spie::python {

class HeldSituation {
public:
  explicit HeldSituation(dossier::Situation found) : found_(std::move(found)) {}

  // (dossier, absorbes, foyer, au, seq)
  py::tuple head() const;
  std::size_t size() const noexcept { return found_.faits.size(); }
  bool contains(std::string_view path) const noexcept { return found_.find(path) != nullptr; }
  // None when there is no such fact.
  py::object value(std::string_view path) const;
  // A tuple each, in the order of the fields of spie.dossier.Fait; `autres` is a tuple of such tuples, of Dire.
  py::list facts() const;
  // As valeurs(): nested by their paths.
  py::dict values() const;
  // As to_value(): the keys of the JSON.
  py::object record() const;

private:
  dossier::Situation found_;
};

// Which source prevails, as the pack says; no rule for none.
dossier::Regles rules_of(const HeldPack *pack);

// Beside the other methods of a store.
void register_situation(py::module_ &module, py::class_<HeldStore> &store);

} // namespace spie::python
