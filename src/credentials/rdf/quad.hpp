// RDF 1.1: terms, quads, and N-Quads, of which the canonical form is what signatures cover.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace spie::credentials::rdf {

struct Term {
  enum class Kind : std::uint8_t { iri, blank, literal };
  Kind kind = Kind::iri;
  std::string value;         // of a blank node, its label without "_:"
  std::string datatype = {}; // of a literal; empty: xsd:string, or rdf:langString with a language
  std::string language = {};

  bool is_blank() const noexcept { return kind == Kind::blank; }
  friend bool operator==(const Term &, const Term &) = default;
};

struct Quad {
  Term subject, predicate, object;
  std::optional<Term> graph = {}; // none: the default graph
  friend bool operator==(const Quad &, const Quad &) = default;
};

using Dataset = std::vector<Quad>; // a set: a quad given twice counts once

// As RDFC-1.0 writes a term (§ Canonical form of N-Quads).
void append_term(std::string &out, const Term &term);
// One line, with its end.
std::string nquad(const Quad &quad);
// Throws Error B001 with the line at fault.
Dataset read_nquads(std::string_view text);

} // namespace spie::credentials::rdf
