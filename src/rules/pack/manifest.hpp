// pack.json: who wrote the pack, for when, what it extends, its models, and the decisions that the library calls.
#pragma once

#include "rules/json/reader.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace spie::pack {

using json::Reader;

// All the faults of a file of a pack; a key that nothing reads is a warning.
inline json::Faults in(std::vector<Diagnostic> &findings) {
  return {.code = Code::pack_json, .into = &findings, .unknown_key = Level::warning};
}

// A file name that stands for a file of the pack itself: letters, digits, '.', '_' and '-', not starting with a point.
bool is_plain_name(std::string_view name) noexcept;

// "1.2.3": compared part by part, a missing part being zero.
using Version = std::vector<std::uint32_t>;
std::optional<Version> parse_version(std::string_view text);
int compare(const Version &a, const Version &b) noexcept;

// ">=1.0 <2": every condition holds. A bare version asks for that one.
class VersionRange {
public:
  static std::optional<VersionRange> parse(std::string_view text);
  bool accepts(const Version &version) const;

private:
  enum class Operator : std::uint8_t { equal, less, less_or_equal, greater, greater_or_equal };
  std::vector<std::pair<Operator, Version>> conditions_;
};

struct Extends {
  std::string id;
  std::string version; // the range as written
  VersionRange range;
};

struct Manifest {
  std::string id, version, titre, autorite, langue;
  Version version_parts;
  feel::Date debut;
  std::optional<feel::Date> fin;
  std::optional<Extends> extends;
  std::vector<std::string> modeles;
  std::vector<std::pair<std::string, std::string>> roles;
  // Unit of facts and decisions, for those who show them: {"montant_retenu", "EUR"}.
  std::vector<std::pair<std::string, std::string>> unites;
  // How codes and keys are said: {"admis_prioritaire", "admis, public prioritaire"}.
  std::vector<std::pair<std::string, std::string>> libelles;
  // The tone in which a code is said, for those who colour it: {"ecartee", "defavorable"}.
  std::vector<std::pair<std::string, std::string>> tons;
  // The decisions whose tables are meant to have holes, each with why: {"verdict_depense", "…"}.
  std::vector<std::pair<std::string, std::string>> incompletes;
};

Manifest read_manifest(const Reader &root);

} // namespace spie::pack
