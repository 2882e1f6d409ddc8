// What terms mean at one place of a document: contexts applied one on another (JSON-LD 1.1 API §4.1, §4.2).
#pragma once

#include "spie/diagnostic.hpp"
#include "spie/feel/value.hpp"

#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <set>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace spie::credentials::jsonld {

struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const noexcept { return std::hash<std::string_view>()(text); }
};
template <class T> using ByText = std::unordered_map<std::string, T, TextHash, std::equal_to<>>;

struct Definition {
  std::string iri; // or a keyword; empty: the term means nothing here
  std::string type;
  bool list = false, set = false, graph = false;
  bool prefix = false, is_protected = false;
  const feel::Value *scoped = nullptr;
  bool scoped_is_kept = false; // by the registry: what it gives may be kept too
  bool disputed = false;       // see is_disputed

  bool same_meaning(const Definition &other) const noexcept {
    return iri == other.iri && type == other.type && list == other.list && set == other.set && graph == other.graph &&
           prefix == other.prefix &&
           (scoped == other.scoped ||
            (scoped != nullptr && other.scoped != nullptr && identical(*scoped, *other.scoped)));
  }
};

struct Active;
using ActivePtr = std::shared_ptr<const Active>;

struct Active {
  ByText<std::shared_ptr<const Definition>> terms;
  std::string vocab;
  ActivePtr previous; // what stands again in the next object
  bool kept = false;  // by the registry, for ever

  const Definition *find(std::string_view term) const {
    const auto found = terms.find(term);
    return found == terms.end() ? nullptr : found->second.get();
  }
};

struct Application {
  bool overrides = false; // of protected terms: a context of a property does
  bool propagates = true; // a context of a type does not
};

struct Registry {
  struct Document {
    std::string address;
    feel::Value context;
  };
  std::deque<Document> documents; // their addresses in memory are those of the cache
  ByText<const Document *> by_address;
  std::shared_ptr<Active> initial;

  struct Step {
    const Active *from;
    const feel::Value *context;
    bool overrides, propagates;
    friend bool operator==(const Step &, const Step &) = default;
  };
  struct StepHash {
    std::size_t operator()(const Step &step) const noexcept {
      return std::hash<const void *>()(step.from) * 31 + std::hash<const void *>()(step.context) * 4 +
             (step.overrides ? 2u : 0u) + (step.propagates ? 1u : 0u);
    }
  };
  mutable std::shared_mutex mutex;
  mutable std::unordered_map<Step, ActivePtr, StepHash> steps;
  // Every address that some term stands for: spelled in full, it would hide from who reads the terms.
  mutable std::unordered_set<std::string, TextHash, std::equal_to<>> meant;

  bool is_meant(std::string_view iri) const {
    const std::shared_lock lock(mutex);
    return meant.contains(iri);
  }
};

// Applies contexts; faults are told at a place of the document.
class ContextProcessor {
public:
  // `inline_contexts`: the document may write its own (the vectors of the W3C do).
  ContextProcessor(const Registry &registry, bool inline_contexts, std::string base)
      : registry_(registry), inline_contexts_(inline_contexts), base_(std::move(base)) {}

  ActivePtr initial() const { return registry_.initial; }
  // A context that stands in the document at `where`.
  ActivePtr apply(const ActivePtr &active, const feel::Value &context, const std::string &where);
  // The context of a term.
  ActivePtr apply_scoped(const ActivePtr &active, const Definition &definition, Application application,
                         const std::string &where);

  // What the text stands for: an address, a keyword, or empty for nothing. `as_term`: terms and the vocabulary are
  // looked at; `as_document`: a relative address is resolved.
  std::string expand(const Active &active, std::string_view text, bool as_document, bool as_term) const;

private:
  struct Local; // the object being applied

  ActivePtr apply_kept(const ActivePtr &active, const feel::Value &context, Application application, bool kept,
                       std::string_view address, const std::string &where, int depth);
  ActivePtr apply_any(const ActivePtr &active, const feel::Value &context, Application application, bool kept,
                      std::string_view address, const std::string &where, int depth);
  ActivePtr apply_object(const ActivePtr &active, const feel::Context &context, Application application, bool kept,
                         std::string_view address, const std::string &where);
  void define(Local &local, const std::string &term, std::size_t depth);
  std::string expand_in(Local &local, std::string_view text, bool as_document, bool as_term, std::size_t depth);

  const Registry &registry_;
  bool inline_contexts_;
  std::string base_;
};

} // namespace spie::credentials::jsonld
