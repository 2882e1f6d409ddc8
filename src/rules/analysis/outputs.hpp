// What the rules of a table give, compared.
#pragma once

#include "rules/dmn/table.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace spie::analysis {

// Two trees written alike do the same.
void write(const feel::Node &node, std::string &into);

class Outputs {
public:
  Outputs(const dmn::Table &table, const feel::Node &node);

  bool same(std::size_t a, std::size_t b) const { return texts_[a] == texts_[b]; } // written alike
  std::size_t hash(std::size_t rule) const { return std::hash<std::string>{}(texts_[rule]); }
  // Whether the values of two rules differ; nullopt where that is known only once they are computed.
  std::optional<bool> differ(std::size_t a, std::size_t b) const;
  bool has_default() const;
  // Adds {sortie, valeur} for each allowed output that none of the rules gives, nor the default where it `counts`. An
  // output that is computed may give any.
  void find_absent(const std::vector<std::size_t> &rules, bool default_counts, feel::List &into) const;

private:
  const feel::Node &entry(std::size_t rule, std::size_t output) const;

  const dmn::Table &table_;
  const feel::Node &node_;
  std::vector<std::string> texts_; // by rule
};

} // namespace spie::analysis
