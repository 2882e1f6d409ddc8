// Boxed expressions as one bound tree: each box opens the scopes it needs and asks the FEEL compiler for the texts
// inside.
#pragma once

#include "rules/dmn/document.hpp"
#include "rules/dmn/types.hpp"
#include "rules/feel/compiler.hpp"

#include <cstdint>
#include <string>

namespace spie::dmn {

class BoxedBinder {
public:
  // `subject` names the element in findings: "decision 'entree'".
  BoxedBinder(feel::Compiler &compiler, TypeTable &types, std::uint32_t document, std::string file, std::string subject,
              std::vector<Diagnostic> &findings)
      : compiler_(compiler), types_(types), document_(document), file_(std::move(file)), subject_(std::move(subject)),
        findings_(findings) {}

  // Throws Error for what cannot be bound.
  feel::NodePtr bind(const Boxed &boxed);
  // The parameters and the body of a function as a function node.
  feel::NodePtr bind_function(const Boxed &boxed, const feel::Type &result);
  std::vector<feel::Parameter> parameters(const Boxed &function);
  // The value as the type asks for it; the node itself when it asks for nothing.
  feel::NodePtr coerced(feel::NodePtr node, const feel::Type &type, std::uint32_t line);

  // For the tables.
  feel::Compiler &compiler() noexcept { return compiler_; }
  const feel::Scope &type_scope() const { return types_.scope(document_); }
  std::string place(std::uint32_t line) const { return file_ + ":" + std::to_string(line) + ", " + subject_; }
  feel::Type type(const std::string &type_ref, std::uint32_t line); // throws Error (D005)
  void warn(Code code, std::string message, std::uint32_t line) {
    findings_.push_back({code, Level::warning, std::move(message), place(line)});
  }

private:
  feel::NodePtr bind_bare(const Boxed &boxed);
  feel::NodePtr literal(const Boxed &boxed);
  feel::NodePtr context(const Boxed &boxed);
  feel::NodePtr invocation(const Boxed &boxed);
  feel::NodePtr relation(const Boxed &boxed);
  feel::NodePtr external(const Boxed &boxed, const std::vector<feel::Parameter> &parameters);
  feel::NodePtr iteration(const Boxed &boxed, feel::NodeKind kind);

  feel::Compiler &compiler_;
  TypeTable &types_;
  std::uint32_t document_;
  std::string file_, subject_;
  std::vector<Diagnostic> &findings_;
  int depth_ = 0;
};

} // namespace spie::dmn
