// The one place that knows XML: how an element of DMN 1.1 to 1.6 becomes a plain struct.
#pragma once

#include "rules/dmn/document.hpp"

#include <pugixml.hpp>

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace spie::dmn {

bool is_feel(std::string_view language);
// "1.1" to "1.6", by the namespace of an element; empty when it is none of DMN.
std::string_view version_of(std::string_view uri);
std::string trimmed(std::string_view text);

class DocumentReader {
public:
  DocumentReader(const Source &source, const LoadOptions &options, feel::Loading &loading,
                 std::vector<Diagnostic> &findings);

  Document read();

private:
  // Any element (document_elements.cpp).
  [[noreturn]] void refuse(std::string message, std::uint32_t at, std::string_view limit = {}) const;
  [[noreturn]] void refuse_words(std::string message, std::uint32_t at, std::string_view words) const; // at fault
  std::string place(std::uint32_t at) const;
  // The element that findings name, "decision 'entree'".
  std::string where(std::uint32_t at) const;
  void find(std::string message, std::uint32_t at, Level level = Level::error);
  // The same of a fault that leaves open what is meant: nothing is made of the expression around it, in a lenient load
  // too.
  void spoil(std::string message, std::uint32_t at);
  std::uint32_t line_at(std::ptrdiff_t offset) const;
  std::uint32_t line(pugi::xml_node node) const;
  static std::string attribute(pugi::xml_node node, const char *key);
  static std::string uri_of(pugi::xml_node node);
  // The name of an element of DMN without its prefix; empty for an element of another namespace.
  std::string_view local(pugi::xml_node node);
  void name(pugi::xml_node node, Named &result);
  // Elements that may stand anywhere and say nothing to an evaluation.
  static bool is_aside(std::string_view local);
  void unexpected(pugi::xml_node node);
  Text text(pugi::xml_node node, std::string_view beside = {}); // the name of an element that may stand there too
  VariableDecl variable(pugi::xml_node node);
  // Of an attribute; item definitions have an element of that name.
  std::string type_ref(pugi::xml_node node, const char *key = "typeRef");
  // A QName, whose prefix the element may declare.
  std::string qualified(std::string name, pugi::xml_node node);
  Reference reference(pugi::xml_node node);
  // The reference inside a requirement: <informationRequirement><requiredInput href="#a"/></informationRequirement>.
  void requirement(pugi::xml_node node,
                   std::initializer_list<std::pair<std::string_view, std::vector<Reference> *>> into);

  // What stands at the top of a document (document.cpp).
  void read_top(pugi::xml_node node, Document &document);
  void required_name(const Named &named, std::string_view kind);
  ImportDecl import(pugi::xml_node node);
  ItemDefinition item(pugi::xml_node node, int depth);
  InputDecl input(pugi::xml_node node);
  DecisionDecl decision(pugi::xml_node node);
  std::vector<Reference> *nullptr_list();
  KnowledgeDecl knowledge(pugi::xml_node node);
  ServiceDecl service(pugi::xml_node node);
  AuthorityDecl authority(pugi::xml_node node);

  // Expressions and decision tables (document_expressions.cpp).
  static bool is_expression(std::string_view kind);
  void take_expression(pugi::xml_node node, BoxedPtr &into);
  // The one expression inside an element such as <if> or <binding>; a literal null when it is missing.
  BoxedPtr inner(pugi::xml_node node, std::initializer_list<std::string_view> besides = {});
  // Stands for an expression that is not there: an empty text, which binding refuses.
  BoxedPtr missing(pugi::xml_node node, std::string_view what = "an expression");
  static BoxedPtr empty(std::uint32_t at);
  static BoxedPtr unread(std::uint32_t at); // refused alike, and no decision without logic
  BoxedPtr child_expression(pugi::xml_node node, std::string_view key);
  void only(pugi::xml_node node, std::initializer_list<std::string_view> keys);
  BoxedPtr expression(pugi::xml_node node);
  void parts(pugi::xml_node node, Boxed &result, BoxedKind kind, std::initializer_list<std::string_view> keys);
  void literal(pugi::xml_node node, Boxed &result);
  void context(pugi::xml_node node, Boxed &result);
  void invocation(pugi::xml_node node, Boxed &result);
  void relation(pugi::xml_node node, Boxed &result);
  BoxedPtr function(pugi::xml_node node);
  std::unique_ptr<TableDecl> table(pugi::xml_node node);
  ColumnDecl input_column(pugi::xml_node node);
  ColumnDecl output_column(pugi::xml_node node);
  RuleDecl rule(pugi::xml_node node);

  const Source &source_;
  const LoadOptions &options_;
  feel::Loading &loading_;
  std::vector<Diagnostic> &findings_;
  std::vector<std::size_t> line_starts_;
  std::optional<std::string> known_prefix_;
  std::string default_language_, element_;
  bool spoiled_ = false;                                      // the expression that is being read
  std::vector<std::pair<std::string, std::string>> prefixes_; // that elements below the root declare
  std::vector<Reference> ignored_;
};

} // namespace spie::dmn
