// What is said of a fact that a pack cannot take: each fault with the path that people read and the place that programs
// read, all of them rather than the first (dmn/admission says what is a fault).
#pragma once

#include "rules/dmn/admission.hpp"
#include "spie/diagnostic.hpp"

#include <optional>
#include <string>
#include <vector>

namespace spie::pack {

class FactFaults final : public dmn::Faults {
public:
  // `where` is the place of the input itself: "/freins", "donnees/freins.json#/valeurs".
  FactFaults(std::string where, std::vector<Diagnostic> &findings) : where_(std::move(where)), findings_(findings) {}
  void not_of_type(const dmn::Place &place, const feel::Value &value, const feel::Type &type) override;
  void not_allowed(const dmn::Place &place, const feel::Value &value, const feel::Type &type) override;
  void not_allowed_whole(const dmn::Place &place, const feel::Type &type) override;
  void no_member(const dmn::Place &place, std::string_view name, const feel::Type &type) override;

  // The first list or context that its own allowed values refuse: D010, said once the rest is right.
  std::optional<Diagnostic> whole;

private:
  // `words`: those at fault; `instead`: what is expected of them.
  void fault(const dmn::Place &place, std::string message, Code code, std::string words, std::string instead) const;
  std::string where_;
  std::vector<Diagnostic> &findings_;
};

} // namespace spie::pack
