// The statements that a JSON-LD document makes (JSON-LD 1.1 API: expansion, then RDF), in one walk.
//
// Closed: what no context defines is an error with its place, and nothing is dropped. A document is read by its terms,
// so a term, a type or a keyword that is spelled as the address it stands for is refused: who looks for `validUntil`
// must find it wherever the signature covers it.
#pragma once

#include "credentials/jcs.hpp"
#include "credentials/jsonld/contexts.hpp"
#include "credentials/rdf/quad.hpp"
#include "spie/diagnostic.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace spie::credentials::jsonld {

struct Source {
  const feel::Value &document;
  const Digits *digits = nullptr; // of the document of which this one is the part at `pointer`
  std::string pointer = {};
};

struct Statements {
  rdf::Dataset dataset;
  std::vector<Diagnostic> warnings; // B015, with their pointers: terms that not every verifier knows
};

// Throws Error with a JSON pointer: B001 for what JSON-LD does not allow, B002 for a term, a type or an address that is
// not defined or not absolute, B003 for a construct outside the set that is supported, named, B012 beyond
// 100,000 statements.
Statements to_rdf(const Source &source, const Contexts &contexts);

// For the cases of the W3C alone: what the closed reading refuses as lost is dropped, contexts stand in the document,
// and relative addresses have a base. Nothing that is signed is read so.
Statements to_rdf_openly(const Source &source, const Contexts &contexts, const std::string &base);

} // namespace spie::credentials::jsonld
