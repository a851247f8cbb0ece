// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.20;

import {Bank} from "../src/Bank.sol";
import {Factory} from "../src/Factory.sol";
import {vm} from "./Vm.sol";

/// Acts on the bank under several names, at several times.
contract Handler {
    Bank public bank;
    Factory public factory;
    address[] actors;

    constructor(Bank bank_, Factory factory_) {
        bank = bank_;
        factory = factory_;
        for (uint256 key = 1; key <= 3; key++) {
            address actor = vm.addr(key);
            vm.label(actor, "actor");
            actors.push(actor);
        }
    }

    function deposit(uint256 seed, uint256 amount) external {
        address actor = actors[seed % 3];
        amount %= 8 ether;
        vm.assume(amount % 4 != 0);
        vm.deal(actor, amount);
        vm.prank(actor);
        bank.deposit{value: amount}();
        vm.assertEq(actor.balance, 0);
    }

    function withdraw(uint256 seed, uint256 amount) external {
        vm.startPrank(actors[seed % 3]);
        uint256 most = bank.balanceOf(actors[seed % 3]);
        bank.withdraw(most == 0 ? amount : amount % most);
        vm.stopPrank();
    }

    function pass(uint256 time) external {
        uint256 before = block.timestamp;
        vm.warp(before + (time % 2 hours));
        vm.roll(block.number + (time % 60));
        require(block.timestamp >= before, "time");
    }

    function mature(uint256 seed) external {
        address actor = actors[seed % 3];
        if (seed % 2 == 0) vm.prank(actor, actor);
        bank.mature();
        bank.mature();
    }

    function open(uint256 seed, uint256 id) external {
        vm.deal(actors[seed % 3], 1 ether);
        vm.prank(actors[seed % 3]);
        factory.open{value: id % 3}(id);
        if (seed % 5 == 0) {
            vm.startPrank(actors[0]);
            new Factory();
            vm.stopPrank();
        }
    }

    function reset(uint256 rate) external {
        bytes32 slot = bytes32(uint256(3));
        if (vm.load(address(bank), slot) != bytes32(rate)) vm.store(address(bank), slot, bytes32(rate));
        require(bank.rate() == rate, "rate");
        vm.prank(bank.owner());
        bank.setRate(rate % 1000);
    }

    /// What a prank changes is taken back with the call that fails, but not the prank.
    function fail(uint256 seed) external {
        vm.deal(actors[seed % 3], 5 ether);
        vm.prank(actors[seed % 3]);
        try bank.setRate(seed) {
            revert("not the owner");
        } catch {
            bank.mature();
        }
        if (seed % 4 == 0) revert("on purpose");
    }
}

contract CheatingTest {
    Bank bank;
    Handler handler;

    function setUp() public {
        vm.warp(1_700_000_000);
        vm.roll(50);
        bank = new Bank(address(0xb0b));
        vm.deal(address(bank), 3 ether);
        handler = new Handler(bank, new Factory());
        vm.prank(address(0xb0b));
        bank.setRate(7);
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function invariant_solvent() public view {
        require(address(bank).balance >= 3 ether, "insolvent");
    }

    function testFuzz_assume(uint256 amount) public {
        vm.assume(amount % 3 == 0);
        bank.arithmetic(int256(amount), int256(amount >> 128), amount);
    }

    function testFuzz_expect(uint256 rate) public {
        vm.expectRevert();
        bank.setRate(rate);
    }

    function testFuzz_pass(uint256 time) public {
        handler.pass(time);
        vm.prank(address(0xb0b), address(0xcafe));
        bank.mature();
        bank.mature();
        vm.etch(address(0xe7c4), hex"600160005260206000f3");
        (, bytes memory answer) = address(0xe7c4).call("");
        require(abi.decode(answer, (uint256)) == 1, "etched");
        bank.burn(time);
    }
}
