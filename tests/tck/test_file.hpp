// The test files of the DMN TCK as plain structs; test_file.cpp alone knows their XML.
#pragma once

#include "spie/feel/value.hpp"

#include <string>
#include <vector>

namespace tck {

struct Node {
  std::string name, model_namespace;
  spie::feel::Value value;
  bool unreadable = false; // a value that stands for nothing in FEEL
};

struct ResultNode : Node {
  bool error_expected = false;
};

struct TestCase {
  std::string id, type, invocable;
  std::size_t position = 0; // in the file, from 1: ids are not unique
  std::vector<Node> inputs;
  std::vector<ResultNode> results;
};

struct TestFile {
  std::string model;
  std::vector<TestCase> cases;
};

// Throws std::runtime_error for a file that is not a test file.
TestFile read_test_file(const std::string &path);

} // namespace tck
