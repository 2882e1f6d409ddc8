// What an evaluation did: for each decision its value, the facts it used, the cells and rules of its tables.
#pragma once

#include "spie/feel/value.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace spie::dmn {

// Of a cell or a rule; the words of decisions §1: vrai, faux, inconnu, erreur, non_evalue.
enum class Verdict : std::uint8_t { vrai, faux, inconnu, erreur, non_evalue };
std::string_view text(Verdict verdict) noexcept;

struct RuleTrace {
  std::size_t number = 0; // from 1
  std::string id;
  Verdict verdict = Verdict::non_evalue;
  bool hit = false; // its outputs count in the result
  std::vector<Verdict> cells;
  std::vector<std::string> annotations; // the rule's description and annotation entries, each once
};

struct TableInputTrace {
  std::string label; // of the column; its expression when it has none
  std::string expression;
  feel::Value value;
};

struct TableTrace {
  std::string hit_policy; // "UNIQUE", "COLLECT SUM"
  std::vector<TableInputTrace> inputs;
  std::vector<RuleTrace> rules;
  bool default_output = false; // no rule matched and the default outputs were given
  feel::Value value;
};

struct EntryTrace {
  std::string name;
  feel::Value value;
};

// A fact, or the value of another decision, that a decision reads.
struct FactTrace {
  std::string path; // "depense.axe"
  std::string label;
  feel::Value value;
  bool decision = false; // the value of another decision
};

struct DecisionTrace {
  std::string name;
  std::string label;
  std::string file;
  feel::Value value;
  std::vector<FactTrace> facts;
  std::vector<TableTrace> tables; // in the order they were evaluated; those of invoked models too
  std::vector<EntryTrace> entries;
  std::vector<std::string> authorities; // locationURI, or name, of its knowledge sources
};

struct Trace {
  std::vector<DecisionTrace> decisions; // in the order they were evaluated: the one asked for is the last
};

} // namespace spie::dmn
