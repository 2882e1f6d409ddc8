// Item definitions as FEEL types, with their allowed values.
#pragma once

#include "rules/dmn/document.hpp"
#include "spie/feel/expression.hpp"
#include "spie/feel/type.hpp"

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace spie::dmn {

class TypeTable {
public:
  TypeTable(const std::vector<Document> &documents, const LoadOptions &options, feel::Loading &loading,
            std::vector<Diagnostic> &findings);

  // The type that a document means by a typeRef; Any for an empty one, nullopt with a finding (D005) for one that names
  // nothing.
  std::optional<feel::Type> resolve(std::uint32_t document, const std::string &type_ref, const std::string &place);
  // The item definitions that expressions of a document may name.
  const feel::Scope &scope(std::uint32_t document) const { return scopes_[document]; }

private:
  enum class State : std::uint8_t { untouched, open, done };
  struct Entry {
    const ItemDefinition *definition = nullptr;
    std::uint32_t document = 0;
    State state = State::untouched;
    bool refused = false;
    int members_outside = 0; // how deep in members it stood when it was opened
    std::size_t size = 0;    // members once every name in it is written out
    feel::Type type;
  };
  Entry *find(std::uint32_t document, const std::string &name);
  bool is_imported(std::uint32_t document, const std::string &uri) const;
  std::optional<feel::Type> look_up(std::uint32_t document, const std::string &type_ref, bool &refused);
  feel::Type build(const ItemDefinition &definition, std::uint32_t document, const std::string &name,
                   const std::string &place, bool &refused);
  std::shared_ptr<const feel::Constraint> constraint(const std::optional<Text> &text, const feel::Type &of,
                                                     std::uint32_t document, const std::string &place);
  std::vector<std::string> names(std::uint32_t document) const;

  const std::vector<Document> &documents_;
  const LoadOptions &options_;
  feel::Loading &loading_;
  std::vector<Diagnostic> &findings_;
  // One table for all the documents when they are merged, else one each.
  std::vector<std::unordered_map<std::string, Entry>> tables_;
  std::vector<feel::Scope> scopes_;
  std::size_t size_ = 0; // of the type being built
  int depth_ = 0;        // of item definitions that name one another
  int inside_members_ = 0;
};

// Unary tests as a constraint; throws Error for a text that cannot be bound.
std::shared_ptr<const feel::Constraint> make_constraint(const std::string &text, const feel::Type &of,
                                                        const feel::Scope &scope, const std::string &place, bool types);
// The constraint that one narrows, of the type that it was made on; nullptr when there is none.
const feel::Constraint *base_of(const feel::Constraint &constraint);
// Whether a typeRef says whole numbers: integer, long or short, with or without a prefix.
bool is_whole_type(const std::string &type_ref);
// The values that the allowed ones are, or lie between, where the text lists literals and intervals of them alone, as
// those of the types that it narrows do; nullopt for another text.
std::optional<feel::List> compared_values(const feel::Constraint &constraint);
// The values of a text that lists literals alone (`"a", "b", 3`); empty for any other text.
feel::List listed_values(const std::string &text);

} // namespace spie::dmn
