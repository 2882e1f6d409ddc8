// From documents to a linked, bound model.
#pragma once

#include "rules/dmn/boxed.hpp"
#include "rules/dmn/free_inputs.hpp"
#include "rules/dmn/model_impl.hpp"
#include "rules/dmn/types.hpp"

#include <functional>
#include <map>
#include <memory>

namespace spie::dmn {

class Linker {
public:
  Linker(ModelImpl &model, feel::Loading &loading);
  void run();

private:
  using IdMap = std::unordered_map<std::string, std::uint32_t>;

  void collect();
  // The element of a declaration: a new one, or in merge mode the one it replaces or joins.
  void add(ElementKind kind, std::uint32_t document, const Named &declared, const VariableDecl &variable,
           Element &made);
  void resolve_types();
  void resolve_references();
  std::vector<std::uint32_t> resolve(const Element &from, const std::vector<Reference> &references,
                                     std::initializer_list<ElementKind> kinds, std::string_view what);
  const Element *target(std::uint32_t document, const Reference &reference) const;
  std::vector<std::string> authorities(std::uint32_t document, const std::vector<Reference> &references);
  // Counts an element that is linked, with what its scope costs; throws once the load is exhausted.
  void count(const Element &element);
  void find_cycles();
  void make_functions();
  void bind_functions();
  void bind_decisions();
  void add_free_inputs();
  void plan();
  void publish();

  feel::Scope scope_of(const Element &element);
  // Every element of the model as a document sees it, but for what bears the name of a built-in.
  const feel::Scope &others(std::uint32_t document);
  // The logic of an element: with the names that it declares and requires, and where that fails, unless the load is
  // strict, with free names. Throws Error.
  using Bind = std::function<feel::NodePtr(BoxedBinder &)>;
  feel::Expression bound(Element &element, const Bind &bind);
  feel::Expression bound_with(const Element &element, const Bind &bind, feel::FreeNames *free);
  // What the logic names and did not require is required from now on.
  void require_named(Element &element, const ElementNames &names);
  std::string subject(const Element &element) const { return element.place.substr(element.place.find(", ") + 2); }
  // The names under which an element is seen from a document.
  std::vector<std::string> visible_names(std::uint32_t from, const Element &element) const;
  feel::Type declared_type(Element &element, const VariableDecl &variable);
  feel::CompileOptions compile_options(const Element &element) const;
  // What type checks of a lenient load say, as warnings.
  void keep_findings(feel::Compiler &compiler);
  feel::Value unusable(const Element &element, const Error &error);
  bool has_logic_table(const Boxed *boxed) const;

  void find(Code code, std::string message, std::string place, Level level = Level::error) {
    model_.findings_.push_back({code, level, std::move(message), std::move(place)});
  }
  std::vector<std::string> names_of(ElementKind kind) const;

  ModelImpl &model_;
  feel::Loading &loading_;
  std::vector<Element> &elements_;
  TypeTable types_;
  std::vector<IdMap> ids_;           // by document
  std::vector<char> cyclic_;         // decisions that require themselves
  std::vector<std::uint32_t> order_; // decisions, requirements first
  struct Join {
    std::uint32_t element, document;
    const VariableDecl *variable;
    std::string place;
  };
  std::vector<Join> joins_;
  std::vector<std::unique_ptr<feel::Scope>> others_; // by document, made when first asked for
  std::optional<FreeInputs> free_inputs_;            // once the elements are known
  std::size_t outputs_ = 0;                          // that free names looked at
  bool requires_more_ = false;                       // a decision names another that it did not require
};

} // namespace spie::dmn
