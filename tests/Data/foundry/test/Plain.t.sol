// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.20;

import {Bank} from "../src/Bank.sol";
import {Delegator, Factory, Implementation} from "../src/Factory.sol";

/// Targets everything that setUp makes, and what calls make on the way. No cheatcodes.
contract PlainTest {
    Bank bank;
    Factory factory;
    Delegator delegator;

    function setUp() public {
        bank = new Bank{value: 10 ether}(address(0xb0b));
        factory = new Factory();
        delegator = new Delegator(address(new Implementation()));
    }

    function invariant_solvent() public view {
        require(address(bank).balance >= bank.balanceOf(address(this)), "insolvent");
    }

    function testFuzz_digest(bytes calldata data, uint8 v) public {
        bank.digest(data, v);
    }
}
